"""Sources: from what a user names to the files behind it, in a fixed order."""

from __future__ import annotations

import glob
import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from viet_report_ie.batch.quiet import load_daft

__all__ = ["SUFFIXES", "common_root", "find_files", "format_of", "is_remote", "open_file"]

SUFFIXES: dict[str, str] = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".jsonl.gz": "jsonl",
    ".csv": "csv",
    ".csv.gz": "csv",
    ".tsv": "csv",
    ".tsv.gz": "csv",
    ".parquet": "parquet",
}
"""The endings of the files that are read, and the format of each."""

_BUFFER = 1 << 20


def format_of(path: str) -> str | None:
    """Return the format of a file by its ending, None if it is none that is read.

    Examples
    --------
    >>> format_of("s3://bao/2019.jsonl.gz"), format_of("anh.jpg")
    ('jsonl', None)
    """
    lowered = path.lower()
    return next((kind for suffix, kind in SUFFIXES.items() if lowered.endswith(suffix)), None)


def is_remote(path: str) -> bool:
    """Tell whether the engine, not the file system, opens `path`."""
    return "://" in path


def find_files(sources: Iterable[str], without: Path | None = None) -> list[str]:
    """Return the files of the sources: those of one source sorted, none twice.

    Parameters
    ----------
    sources : iterable of str
        Files, folders (searched to the bottom), globs, or URLs of any of these.
    without : pathlib.Path, optional
        A folder to leave out: that of the output.

    Raises
    ------
    ValueError
        If a source has no file that can be read.
    """
    kept: dict[str, None] = {}
    for source in sources:
        found = sorted(path for path in _candidates(source) if format_of(path))
        if without is not None:
            inside = {
                path for path in found if without in Path(path).absolute().parents and not is_remote(path)
            }
            found = [path for path in found if path not in inside]
        if not found:
            raise ValueError(f"{source}: no file found that ends in {', '.join(SUFFIXES)}")
        kept.update(dict.fromkeys(found))
    return list(kept)


def common_root(files: Iterable[str]) -> str:
    """Return the deepest folder that holds all files; the ids of texts are paths from there.

    Examples
    --------
    >>> common_root(["bao/2019/a.txt", "bao/2020/b.txt"])
    'bao'
    """
    folders = {path.rpartition("/")[0] for path in files}
    first, *others = sorted(folders)
    parts = first.split("/")
    for other in others:
        length = 0
        for one, two in zip(parts, other.split("/"), strict=False):
            if one != two:
                break
            length += 1
        parts = parts[:length]
    return "/".join(parts)


def open_file(path: str) -> IO[bytes]:
    """Open a file for reading; a URL is read by the engine, piece by piece."""
    return io.BufferedReader(_EngineFile(path), _BUFFER) if is_remote(path) else open(path, "rb")


def _candidates(source: str) -> Iterator[str]:
    if is_remote(source):
        if format_of(source) and not glob.has_magic(source):
            yield source
        else:
            daft = load_daft()
            pattern = source if glob.has_magic(source) else source.rstrip("/") + "/**"
            yield from daft.from_glob_path(pattern).to_pydict()["path"]
    elif os.path.isdir(source) or os.path.isfile(source):
        yield from _walk(source)
    elif glob.has_magic(source):
        for path in glob.iglob(source, recursive=True):
            if os.path.isfile(path):
                yield Path(path).as_posix()


def _walk(source: str) -> Iterator[str]:
    if os.path.isfile(source):
        yield Path(source).as_posix()
    for folder, _, names in os.walk(source):
        yield from (Path(folder, name).as_posix() for name in names if not name.startswith("."))


class _EngineFile(io.RawIOBase):
    """A file that Daft opens, made regular: its own raises at the end instead of returning nothing."""

    def __init__(self, url: str) -> None:
        self._file: Any = load_daft().File(url).open().__enter__()
        self._size: int = self._file.size()
        self._position = 0

    def close(self) -> None:
        if not self.closed:
            self._file.__exit__(None, None, None)
        super().close()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = start + offset
        return self._position

    def readinto(self, buffer: Any) -> int:
        length = min(len(buffer), self._size - self._position)
        if length <= 0:
            return 0
        self._file.seek(self._position)
        data: bytes = self._file.read(length)
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)
