"""Templates are rendered as transformers renders them, and none gets out, or goes on without an end."""

from __future__ import annotations

from datetime import date

import pytest

from ftdata.templates.sandbox import Compiled, Refused, Rendered

DAY = date(2026, 11, 22)
MESSAGES = [{"role": "user", "content": "<Hi> & bye"}, {"role": "assistant", "content": "Hellö"}]


def render(source: str, **values: object) -> Rendered:
    return Compiled(source, DAY).render(messages=MESSAGES, **values)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{% for m in messages %}\n  {% if loop.first %}\nU{{ m.content }}\n  {% endif %}\n{% endfor %}", "U<Hi> & bye\n"),  # noqa: E501
        ("{{ messages[0].content | tojson }}", '"<Hi> & bye"'),
        ("{{ messages[1].content | tojson }}", '"Hellö"'),
        ("{{ {'a': [1]} | tojson(indent=1) }}", '{\n "a": [\n  1\n ]\n}'),
        ("{{ strftime_now('%d %b %Y') }}", "22 Nov 2026"),
        ("{% for i in range(9) %}{% if i == 3 %}{% break %}{% endif %}{{ i }}{% endfor %}", "012"),
        ("{% set n = namespace(n=1) %}{% for m in messages %}{% set n.n = n.n + 1 %}{% endfor %}{{ n.n }}", "3"),  # noqa: E501
        ("{% for m in messages if m.role == 'user' %}{{ loop.last }}{% endfor %}", "True"),
        ("{{ dict(a=1).a }}{{ missing }}{{ missing is defined }}", "1False"),
        ("{% macro f(m) %}[{{ m.role }}]{% endmacro %}{{ messages | map('attr', 'x') | list | length }}{{ f(messages[1]) }}", "2[assistant]"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_template_gives_what_transformers_gives(source: str, text: str) -> None:
    assert render(source).text == text


def test_generation_blocks_give_spans_of_characters() -> None:
    source = (
        "{% for m in messages %}{{ m.role }}:"
        "{% generation %}{{ m.content }}.{% endgeneration %}{% endfor %}"
    )
    rendered = render(source)
    assert [rendered.text[start:end] for start, end in rendered.generated] == [
        "<Hi> & bye.",
        "Hellö.",
    ]
    assert Compiled(source, DAY).has_generation
    assert not Compiled("{# generation #}{{ generation }}", DAY).has_generation


def test_what_a_template_says_when_it_stops_is_kept() -> None:
    with pytest.raises(Refused, match=r"^roles must alternate$"):
        render("{{ raise_exception('roles must alternate') }}")


def test_a_row_is_worth_the_steps_that_it_needs() -> None:
    many = [{"role": "user", "content": "x"}] * 2000
    source = "{% for a in messages %}{% for b in messages %}{% endfor %}{% endfor %}ok"
    compiled = Compiled(source, DAY)
    with pytest.raises(Refused, match="steps"):
        compiled.render(messages=many)
    assert compiled.render(messages=many[:900]).text == "ok"


DOUBLING = (
    "{{% set ns = namespace(x={0}) %}}{{% for i in range(60) %}}{1}{{% endfor %}}{{{{ ns.x }}}}"
)


@pytest.mark.parametrize(
    "source",
    [
        "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
        "{% for i in range(9999) %}{% for j in range(99999) if false %}{% endfor %}{% endfor %}",
        "{% for i in range(10**9) %}x{% endfor %}",
        "{% for i in range(99999) %}" + "y" * 9999 + "{% endfor %}",
        "{{ 'a' * 10**10 }}",
        "{{ [1] * 10**10 }}",
        "{{ 9 ** (9 ** 9) }}",
        "{{ 'a' | center(10**10) }}",
        "{{ 'a'.ljust(10**10) }}",
        "{{ '%9999999999d' % 1 }}",
        "{{ '%*d' % (10**10, 1) }}",
        "{{ '{:9999999999}'.format(1) }}",
        "{{ '{:{}}'.format(1, 10**10) }}",
        "{{ strftime_now('%999999999d') }}",
        "{{ {'a': 1} | tojson(indent=10**9) }}",
        "{{ 2 | round(10**9, 'ceil') }}",
        "{{ ('x' * 1000).replace('x', 'y' * 100000) }}",
        "{{ range(99999) | join('x' * 100000) }}",
        "{{ ('x' * 100000).join(range(99999) | map('string')) }}",
        "{% set s = 'a' * 900000 %}{% for i in range(99999) %}{% set t = s[1:] %}{% endfor %}",
        "{% set s = 'a' * 900000 %}{% for i in range(99999) %}{% if s is in s %}{% endif %}{% endfor %}",
        "{% set s = 'a' * 900000 %}{% for i in range(99999) %}{% if s == s %}{% endif %}{% endfor %}",
        DOUBLING.format("'aaaaaaaa'", "{% set ns.x = ns.x ~ ns.x %}"),
        DOUBLING.format("'aaaaaaaa'", "{% set ns.x = ns.x + ns.x %}"),
        DOUBLING.format("'aaaaaaaa'", "{% set ns.x %}{{ ns.x }}{{ ns.x }}{% endset %}"),
        DOUBLING.format("'a'", "{% set ns.x = [ns.x, ns.x] %}"),
        DOUBLING.format("'a'", "{% set ns.x = {'a': ns.x, 'b': ns.x} %}"),
        DOUBLING.format("'a'", "{% set ns.x = (ns.x, ns.x) %}"),
        DOUBLING.format("'a'", "{% set ns.x = namespace(a=ns.x, b=ns.x) %}"),
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(99) }}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% for i in range(9999) recursive %}{{ loop(range(9999)) }}{% endfor %}",
    ],
)  # fmt: skip
def test_a_template_without_an_end_is_refused(source: str) -> None:
    with pytest.raises(Refused, match=r"too much|Range too big|RecursionError"):
        render(source)


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ''['__class__'].x }}",
        "{{ (messages | attr('__class__')).x }}",
        "{{ messages | map(attribute='__class__') | first | string + 1 }}",
        "{{ '{0.__class__.__mro__}'.format(1) }}",
        "{{ raise_exception.__globals__.x }}",
        "{{ strftime_now.__self__.x }}",
        "{{ dict.__init__.__globals__ }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ namespace(__class__=1) }}",
        "{{ messages.append(1) }}",
        "{{ messages[0].update(role='x') }}",
        "{% include 'other' %}",
        "{% import 'other' as other %}",
        "{{ [1, 2] | random }}",
        "{{ lipsum() }}",
        "{% if %}",
        "{{ " + "(" * 500 + "1" + ")" * 500 + " }}",
    ],
)  # fmt: skip
def test_a_template_does_not_get_out_of_the_sandbox(source: str) -> None:
    with pytest.raises(Refused):
        render(source)
    assert MESSAGES[0]["role"] == "user"
    assert len(MESSAGES) == 2
