"""The door: `python -m simulator --help`."""

from simulator.door.command import main

if __name__ == "__main__":
    main()
