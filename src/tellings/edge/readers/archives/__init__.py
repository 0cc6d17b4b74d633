"""Archives and packed files, read as folders of files."""
