"""Charts: one pure description of each, drawn as SVG, as Plotly figure and as table."""
