"""What a vendor's bill is made of beside its prices: minimums, validation, what is free."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ftdata.catalog.catalog_file import catalog_names, facts_in, read_catalog_file
from ftdata.model import Fact


@lru_cache(maxsize=32)
def billing_of(vendor: str) -> Mapping[str, Fact]:
    """The facts of schemas/catalog/billing.json that are known of a vendor; none for an unknown one.

    minimum_usd_per_job: text; "0" where the vendor says that there is none
    validation_billed: whether tokens of the validation file are billed
    validation_passes: "once", or "evaluations" where each evaluation is billed
    training_billed_by: "tokens", or "rows x length" where every row counts as the longest
    hosting: "none", "required" or "optional": whether a tuned model has to be rented by the hour to be used
    tuned_inference: "own price" or "base price"; and texts on cancelled jobs and on time
    """
    if vendor not in catalog_names("billing"):
        return {}
    return facts_in(read_catalog_file("billing", vendor, kind="vendor")["facts"])
