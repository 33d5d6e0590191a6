"""HTML and styles → section files; section files → PDF bytes. Alone knows WeasyPrint."""
