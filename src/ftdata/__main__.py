"""`python -m ftdata`."""

from ftdata.commands.main import main

if __name__ == "__main__":
    main()
