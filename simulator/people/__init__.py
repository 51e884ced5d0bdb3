"""What a person does in the workspace, and what the app gets to hear of it."""
