"""Record or document -> example: one module a layout, each with a `LAYOUT` or `TEXT_LAYOUT`."""
