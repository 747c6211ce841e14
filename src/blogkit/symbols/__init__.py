"""What the symbols of a post mean: where each is defined, in words or by a formula, and occurs.

    for symbol in read_symbols(post):
        symbol.latex, symbol.meaning, symbol.defined_by
    meanings_of(post)       # the words alone: {Symbol: "学习率"}

It knows no library: `blogkit.library.symbol_lookup` asks it for the posts of one.
"""

from blogkit.symbols.meanings import PostSymbol, PostSymbols, meanings_of, read_symbols

__all__ = ["PostSymbol", "PostSymbols", "meanings_of", "read_symbols"]
