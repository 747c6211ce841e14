r"""Pictures of formulas: curves, families of curves, surfaces as contours.

    from blogkit.compute.plots.drawing import draw_plot

    print(draw_plot(plan, over={"x": (-3, 3)}).to_text())

What is drawn is computed by the formula's own code (`compute.code`). Of the modules here `choices`
says what runs and where, `sampling` computes the points, `text` and `svg` draw them.
"""
