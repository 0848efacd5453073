"""The models that can be, or once could be, trained at a vendor."""

from __future__ import annotations

from functools import lru_cache

from ftdata.catalog.catalog_file import catalog_names, facts_in, read_catalog_file
from ftdata.errors import UnknownName
from ftdata.model import Model


def model_vendors() -> list[str]:
    """The vendors whose models are in the catalog."""
    return catalog_names("models")


def models_of(vendor: str, *, method: str | None = None) -> list[Model]:
    """The models of a vendor, by name; with `method` those that can be trained in this way.

    None at all for a vendor without models in the catalog.
    """
    return [model for model in _models(vendor) if method is None or method in model.methods]


def load_model(name: str, *, vendor: str) -> Model:
    """Gives a model by its name or an alias, in any case of letters.

    Raises UnknownName, which lists near names of this vendor.
    """
    wanted = name.casefold()
    names: list[str] = []
    for model in _models(vendor):
        own = [model.name, *model.aliases]
        if wanted in map(str.casefold, own):
            return model
        names += own
    raise UnknownName(f"{vendor} model", name, names)


@lru_cache(maxsize=32)
def _models(vendor: str) -> tuple[Model, ...]:
    if vendor not in model_vendors():
        return ()
    folder = f"models/{vendor}"
    return tuple(_read(folder, name) for name in catalog_names(folder))


def _read(folder: str, name: str) -> Model:
    table = read_catalog_file(folder, name, kind="model")
    facts = facts_in(table["facts"])
    encoding = facts.get("encoding")
    targets = table.get("targets")
    return Model(
        name=table["name"],
        vendor=table["vendor"],
        title=table["title"],
        aliases=tuple(table["aliases"]),
        methods=tuple(facts["methods"].value),
        encoding=encoding.value if encoding else None,
        facts=facts,
        targets=None if targets is None else tuple(targets),
    )
