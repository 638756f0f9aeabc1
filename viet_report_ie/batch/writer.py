"""Writing a part: nothing of it is seen before all of it is on the disk."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from viet_report_ie.batch.tables import TABLES, Rows, arrow_schema

__all__ = ["PartWriter", "write_whole"]

_GROUP = 20_000  # rows that are held before they are written


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, whatever happens meanwhile."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(temporary, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


class PartWriter:
    """The files of one part, a file a table, under temporary names until `commit`.

    Parameters
    ----------
    out : pathlib.Path
        The folder of the dataset, with a folder for each table.
    name : str
        The name of the part.
    tables : iterable of str
        The tables to write; rows of others are dropped.
    format : str
        ``parquet`` or ``jsonl``.
    """

    def __init__(self, out: Path, name: str, tables: Iterable[str], format: str) -> None:
        self.counts: dict[str, int] = {}
        self._files: list[tuple[_TableFile, Path, Path]] = []
        self._tables: dict[str, _TableFile] = {}
        kind = _Parquet if format == "parquet" else _Jsonl
        wanted = set(tables)
        for table in TABLES:
            if table in wanted:
                final = out / table / f"{name}.{format}"
                temporary = final.with_name(f".{final.name}.{os.getpid()}")
                file = self._tables[table] = kind(table, temporary)
                self._files.append((file, temporary, final))

    def add(self, rows: Rows) -> None:
        """Write the rows of one article."""
        for table, added in rows.items():
            if table in self._tables:
                self._tables[table].add(added)
                self.counts[table] = self.counts.get(table, 0) + len(added)

    def commit(self) -> dict[str, int]:
        """Make the part visible; return the size of each of its files.

        The files follow one another in the order of `TABLES`: where the row of an article can be seen,
        all of its other rows can.
        """
        for file, temporary, _ in self._files:
            file.close()
            with open(temporary, "rb+") as written:
                os.fsync(written.fileno())
        sizes = {}
        for _, temporary, final in self._files:
            sizes[f"{final.parent.name}/{final.name}"] = temporary.stat().st_size
            os.replace(temporary, final)
            _sync_folder(final.parent)
        return sizes

    def abort(self) -> None:
        """Leave nothing behind."""
        for file, temporary, _ in self._files:
            with suppress(Exception):  # a full disk, mostly: the file goes anyway
                file.close()
            temporary.unlink(missing_ok=True)


class _TableFile:
    def __init__(self, table: str, path: Path) -> None:
        self._table = table
        self._rows: list[tuple[Any, ...]] = []
        self._out: Any = open(path, "wb")  # noqa: SIM115 - closed by close

    def add(self, rows: list[tuple[Any, ...]]) -> None:
        self._rows += rows
        if len(self._rows) >= _GROUP:
            self._flush()

    def close(self) -> None:
        if not self._out.closed:
            try:
                self._flush()
                self._finish()
            finally:
                self._out.close()

    def _flush(self) -> None:
        rows, self._rows = self._rows, []
        if rows:
            self._write(rows)

    def _write(self, rows: list[tuple[Any, ...]]) -> None:
        raise NotImplementedError

    def _finish(self) -> None:
        pass


class _Parquet(_TableFile):
    def __init__(self, table: str, path: Path) -> None:
        import pyarrow.parquet as pq

        super().__init__(table, path)
        self._schema = arrow_schema(table)
        self._parquet = pq.ParquetWriter(self._out, self._schema, compression="zstd")

    def _write(self, rows: list[tuple[Any, ...]]) -> None:
        import pyarrow as pa

        columns = [
            pa.array(values, type=column.type)
            for values, column in zip(zip(*rows, strict=True), self._schema, strict=True)
        ]
        self._parquet.write_batch(pa.record_batch(columns, schema=self._schema))

    def _finish(self) -> None:
        self._parquet.close()


class _Jsonl(_TableFile):
    def _write(self, rows: list[tuple[Any, ...]]) -> None:
        names = list(TABLES[self._table])
        for row in rows:
            values = {n: v.isoformat() if isinstance(v, date) else v for n, v in zip(names, row, strict=True)}
            self._out.write(json.dumps(values, ensure_ascii=False).encode() + b"\n")


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
