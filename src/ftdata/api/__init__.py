"""The library: one module a verb. Users import the names from `ftdata`.

Each verb takes paths (a string, a Path, or a list of them), file objects, iterables of dicts, pandas
DataFrames, pyarrow Tables and RecordBatchReaders, or Hugging Face datasets. Nothing here prints or exits.
Faults in data are findings; exceptions are for callers and derive from `FtdataError`.
"""
