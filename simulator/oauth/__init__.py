"""How the app comes into a workspace: the page that asks a person, and the code that the app exchanges."""
