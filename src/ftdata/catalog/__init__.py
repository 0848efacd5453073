"""Vendor facts as data: targets, models and prices, each fact with its source and date."""
