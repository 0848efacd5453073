"""The shape of an open model: what its `config.json` says, as far as memory and time depend on it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Architecture:
    """A decoder of the Llama kind. All sizes are numbers of elements.

    `gated`: its MLP has three matrices, not two. Experts: `intermediate` is the width of one of them.
    """

    name: str
    hidden: int
    layers: int
    heads: int
    key_value_heads: int
    head_width: int
    intermediate: int
    vocabulary: int
    tied: bool  # the output matrix is that of the input
    source: str
    gated: bool = True
    attention_bias: bool = False  # of queries, keys and values
    head_norms: bool = False  # queries and keys have norms of their own
    norms_per_layer: int = 2
    experts: int = 1
    active_experts: int = 1

    @property
    def parameters(self) -> int:
        """All weights."""
        return self.embedding_parameters + self.layers * self._of_layer(self.experts) + self.hidden

    @property
    def active_parameters(self) -> int:
        """The weights that one token passes through: of experts only the chosen ones."""
        per_layer = self._of_layer(self.active_experts)
        return self.embedding_parameters + self.layers * per_layer + self.hidden

    @property
    def embedding_parameters(self) -> int:
        """Weights of the input and, where they are not the same, of the output."""
        return self.vocabulary * self.hidden * (1 if self.tied else 2)

    @property
    def matrix_parameters(self) -> int:
        """Weights of the matrices inside the layers: what is stored in 4 bits under QLoRA."""
        return self.layers * (sum(rows * columns for rows, columns in self._matrices(self.experts)))

    def adapter_parameters(self, rank: int) -> int:
        """Weights of LoRA adapters of one rank on every matrix inside the layers."""
        ends = sum(rows + columns for rows, columns in self._matrices(self.experts))
        return self.layers * rank * ends

    def _matrices(self, experts: int) -> list[tuple[int, int]]:
        queries = self.heads * self.head_width
        keys = self.key_value_heads * self.head_width
        attention = [
            (self.hidden, queries),
            (self.hidden, keys),
            (self.hidden, keys),
            (queries, self.hidden),
        ]
        return attention + [(self.hidden, self.intermediate)] * (3 if self.gated else 2) * experts

    def _of_layer(self, experts: int) -> int:
        weights = sum(rows * columns for rows, columns in self._matrices(experts))
        weights += self.norms_per_layer * self.hidden
        if self.attention_bias:
            weights += (self.heads + 2 * self.key_value_heads) * self.head_width
        if self.head_norms:
            weights += 2 * self.head_width
        if self.experts > 1:
            weights += self.hidden * self.experts  # the router
        return weights
