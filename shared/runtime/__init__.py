"""What every process needs: settings, logs, the way in and the way out."""
