"""Two measures of likeness over counted terms: BM25 for whole articles, cosine for single questions."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Weighted = Mapping[str, float]
Fields = Sequence[Counter[str]]

_SATURATION: Final = 1.2


def mix(*parts: tuple[float, Floats]) -> Floats:
    """The weighted mean of several measures, which stays within 0 and 1."""
    whole = sum(weight for weight, _ in parts)
    mixed = np.zeros_like(parts[0][1])
    for weight, measure in parts:
        mixed += measure * np.float32(weight / whole)
    return mixed


class Rarity:
    """How much each term tells; one that no document has tells the most, so strange words count against."""

    def __init__(self, documents: Sequence[Iterable[str]]) -> None:
        spread = Counter(term for document in documents for term in set(document))
        size = len(documents)
        self._known = {t: math.log(1 + (size - found + 0.5) / (found + 0.5)) for t, found in spread.items()}
        self._strange = math.log(1 + (size + 0.5) / 0.5)

    def of(self, term: str) -> float:
        """The rarity of *term*."""
        return self._known.get(term, self._strange)


class _Postings:
    """For each term the documents that have it, with a weight."""

    def __init__(self, documents: Sequence[Weighted]) -> None:
        self._size = len(documents)
        found: dict[str, tuple[list[int], list[float]]] = {}
        for row, document in enumerate(documents):
            for term, weight in document.items():
                rows, weights = found.setdefault(term, ([], []))
                rows.append(row)
                weights.append(weight)
        self._found = {
            term: (np.asarray(rows, dtype=np.int32), np.asarray(weights, dtype=np.float32))
            for term, (rows, weights) in found.items()
        }

    def add_up(self, query: Weighted) -> Floats:
        """The sum of query weight times document weight, for every document."""
        total = np.zeros(self._size, dtype=np.float32)
        for term, weight in query.items():
            if term in self._found:
                rows, weights = self._found[term]
                total[rows] += np.float32(weight) * weights
        return total


class Coverage:
    """BM25 over fields, each weighed and with a length penalty: the share of a query that is covered."""

    def __init__(self, documents: Sequence[Fields], fields: Sequence[tuple[float, float]]) -> None:
        self.rarity = Rarity([[term for field in document for term in field] for document in documents])
        averages = [
            max(1.0, sum(document[at].total() for document in documents) / max(1, len(documents)))
            for at in range(len(fields))
        ]
        self._postings = _Postings([_saturated(document, fields, averages) for document in documents])

    def of(self, query: Iterable[str]) -> Floats:
        """The share, 0 to 1, for every document."""
        weights = {term: self.rarity.of(term) for term in query}
        return self._postings.add_up(weights) / np.float32(sum(weights.values()) or 1.0)


def _saturated(
    document: Fields, fields: Sequence[tuple[float, float]], averages: Sequence[float]
) -> dict[str, float]:
    mass: dict[str, float] = {}
    for terms, (weight, penalty), average in zip(document, fields, averages, strict=True):
        length = 1 - penalty + penalty * terms.total() / average
        for term, count in terms.items():
            mass[term] = mass.get(term, 0.0) + weight * count / length
    return {term: found / (_SATURATION + found) for term, found in mass.items()}


class Likeness:
    """Cosine between a query and single short texts; of the texts of one owner the best counts."""

    def __init__(self, texts: Sequence[tuple[int, Counter[str]]], owned: int) -> None:
        self._rarity = Rarity([terms for _, terms in texts])
        self._owners = np.asarray([owner for owner, _ in texts], dtype=np.int32)
        self._owned = owned
        self._postings = _Postings([self._unit(terms) for _, terms in texts])

    def of(self, query: Counter[str]) -> Floats:
        """The likeness, 0 to 1, of every owner's nearest text."""
        best = np.zeros(self._owned, dtype=np.float32)
        np.maximum.at(best, self._owners, self._postings.add_up(self._unit(query)))
        return best

    def _unit(self, terms: Counter[str]) -> dict[str, float]:
        heavy = {term: (1 + math.log(count)) * self._rarity.of(term) for term, count in terms.items()}
        length = math.sqrt(sum(weight * weight for weight in heavy.values())) or 1.0
        return {term: weight / length for term, weight in heavy.items()}
