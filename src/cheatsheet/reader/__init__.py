"""PDF bytes → what stands in the file: structure by pypdf, words and pixels by PDFium. No rules."""
