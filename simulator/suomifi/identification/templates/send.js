// The answer goes back to the service by itself; without scripts, its button does the same.
document.getElementById("send").submit();
