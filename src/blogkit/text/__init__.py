"""Text as it is written: folding, words, and where the mathematics stands in it.

The only folder that knows jieba. It knows no posts and no index.
"""
