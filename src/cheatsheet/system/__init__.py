"""Files, folders and processes: what is asked of the operating system, and how it is ended."""
