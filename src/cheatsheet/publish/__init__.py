"""What is sold and given away beside the book: buyers' copies, the shop's kit, a release.

Works on finished PDFs, and builds nothing.
"""
