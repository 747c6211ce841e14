"""docs/gallery.md is what `python -m blogkit.render.gallery seeds/*.txt` writes."""

from corpora import ROOT, seed_displays

from blogkit.render.gallery import displays, gallery


def test_gallery_is_up_to_date() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    expected = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
    assert expected == gallery(texts)


def test_gallery_has_all_seed_displays() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    found = [latex for text in texts for latex in displays(text)]
    assert list(dict.fromkeys(found)) == seed_displays()
    assert len(seed_displays()) == 15
