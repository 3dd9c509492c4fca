"""A draft's text as plain data: blocks, inline marks, labels, words, merging, Markdown."""
