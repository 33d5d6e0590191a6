"""What is sold and given away beside the book: buyers' copies, the shop's kit, a release.

Alone knows pikepdf and HarfBuzz. Works on finished PDFs, and builds nothing.
"""
