"""Exports: a wave's responses, codebook and tables as files. Plain data in, files out.

The package refuses to know who asked and how the work is queued.
"""
