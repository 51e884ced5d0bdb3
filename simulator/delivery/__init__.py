"""How news and acts reach the app: over its websocket, or as signed requests."""
