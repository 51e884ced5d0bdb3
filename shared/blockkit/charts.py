"""The table, charts and cells: what stands inside data_visualization and data_table."""

from collections.abc import Mapping

from shared.blockkit.shapes import Many, Number, Rule, Shape, Str

# Slack writes of twenty characters for the name of a series, and shows one of thirty-one.
NAME = Str(50, 1)
LABEL = Str(20, 1)
_POINT = Shape({"label": LABEL, "value": Number()}, needs=("label", "value"))
_SERIES = Shape({"name": NAME, "data": Many(_POINT, 20)}, needs=("name", "data"))
_AXES = Shape(
    {"categories": Many(LABEL, 20), "x_label": Str(50, 1), "y_label": Str(50, 1)}, needs=("categories",)
)
_DRAWN: Mapping[str, Rule] = {"type": Str(), "series": Many(_SERIES, 12), "axis_config": _AXES}

CHARTS: Mapping[str, Shape] = {
    "pie": Shape({"type": Str(), "segments": Many(_POINT, 12)}, needs=("segments",)),
    "bar": Shape(_DRAWN, needs=("series", "axis_config")),
    "line": Shape(_DRAWN, needs=("series", "axis_config")),
    "area": Shape(_DRAWN, needs=("series", "axis_config")),
}
