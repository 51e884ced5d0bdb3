"""What people press, send and say, by feature."""
