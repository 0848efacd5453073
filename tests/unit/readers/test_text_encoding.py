"""Encodings are told from the bytes, and named; what does not fit is a fault, never a replacement."""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path

import pytest

from ftdata.errors import UnknownName, UnreadableSource
from ftdata.model import Fault, ReadOptions, Source
from ftdata.readers import csv_table, text
from ftdata.readers.text_encoding import checked_encoding, detect_encoding
from tests.unit.readers.table_reading import described, items_of, rows_of

GERMAN = "Schöne Grüße aus Köln, sagte Frau Müller – „natürlich“ für 5 €.\n"
REAL = {
    "cp1252": [
        GERMAN,
        "L'été dernier, j'ai visité Besançon et Orléans – un séjour très agréable à 25 €.\n",
        "¿Cómo estás? El niño comió mañana; la canción española más larga. ¡Qué día!\n",
        "Não há razão para preocupação: a informação está disponível em São João.\n",
        "Don’t use “smart quotes” – they’re everywhere… 100 %\xa0sure™.\n",
        "Größe, Maßöße; Übergröße für Äußerungen: „größer“ heißt größer.\n",
        "Il a dû goûter ça où? Le cœur de la forêt, près du château.\n",
    ],
    "cp1250": [
        "Cześć, dziękuję. Zażółć gęślą jaźń! Proszę o zwrot pieniędzy.\n",
        "Příliš žluťoučký kůň úpěl ďábelské ódy. Dobrý den, jak se máte?\n",
        "Árvíztűrő tükörfúrógép. Jó napot, hogy van? Szeretném visszaküldeni.\n",
    ],
    "iso8859_2": ["Příliš žluťoučký kůň úpěl ďábelské ódy. Cześć, dziękuję, ślę źdźbła.\n"],
    "cp1254": ["İstanbul'da yaşıyorum. Güneşli bir gün; çocuklar okula gidiyor. Işık, ağaç.\n"],
    "cp1257": ["Laba diena, norėčiau sužinoti kainą. Ačiū, kiek kainuoja šiandien žuvis?\n"],
    "mac_roman": ["L'été dernier, j'ai visité Besançon et Orléans, un séjour très agréable.\n"],
    "cp850": ["L'été dernier, j'ai visité Besançon et Orléans, un séjour très agréable.\n"],
    "cp1251": ["Привет, как дела? Сегодня хорошая погода. Сколько стоит доставка?\n"],
    "koi8_r": ["Привет, как дела? Сегодня хорошая погода. Сколько стоит доставка?\n"],
    "cp1253": ["Καλημέρα, τι κάνεις σήμερα; Θα ήθελα να μάθω την τιμή του προϊόντος.\n"],
    "cp1255": ["שלום, מה שלומך היום? אני רוצה לדעת מה המחיר של המוצר\n"],
    "cp1256": ["مرحبا، كيف حالك اليوم؟ أريد أن أعرف سعر المنتج من فضلك\n"],
    "gb18030": ["你好，今天天气很好，我们去公园吧。请问这个多少钱？我想退货，应该怎么办？\n"],
    "big5hkscs": ["你好，今天天氣很好，我們去公園吧。請問這個多少錢？我想退貨，應該怎麼辦？\n"],
    "cp932": ["こんにちは、今日はいい天気ですね。この商品を返品したいのですが。\n"],
    "euc_jp": ["こんにちは、今日はいい天気ですね。この商品を返品したいのですが。\n"],
    "cp949": ["안녕하세요, 오늘 날씨가 좋네요. 이 상품을 환불하고 싶습니다.\n"],
}


@pytest.mark.parametrize(
    ("encoding", "line"), [(name, line) for name, lines in REAL.items() for line in lines]
)
def test_real_sentences_in_old_encodings_are_read_as_written(encoding: str, line: str) -> None:
    data = ("question,answer\n" + line).encode(encoding)
    assert data.decode(detect_encoding([data])) == data.decode(encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-8"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_unicode_is_named_with_and_without_a_mark(encoding: str, mark: str) -> None:
    assert detect_encoding([(mark + "question;answer\r\n" + GERMAN).encode(encoding)]) == encoding


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_character_may_be_cut_by_the_end_of_a_block(size: int) -> None:
    data = (GERMAN * 20).encode()
    assert detect_encoding(data[at : at + size] for at in range(0, len(data), size)) == "utf-8"


def test_the_first_byte_that_is_not_utf8_may_stand_anywhere() -> None:
    ascii_blocks = [b"only ascii here\n" * 60_000] * 3
    assert detect_encoding([*ascii_blocks, GERMAN.encode("cp1252")]) == "cp1252"


def test_utf8_with_a_few_broken_bytes_stays_utf8() -> None:
    good = GERMAN.encode()
    assert detect_encoding([good * 3 + b"\xff\xfe\n" + good]) == "utf-8"
    assert detect_encoding([good * 3, good[:4]]) == "utf-8", "a last character that is cut"


def test_a_short_end_that_is_not_utf8_is_told_too() -> None:
    assert (
        detect_encoding([b"caf\xe9 cr\xe8me, d\xe9j\xe0 v\xe9cu, tr\xe8s fran\xe7ais, \xe9"])
        == "cp1252"
    )


def test_bytes_that_fit_nothing_are_called_utf8_and_their_lines_are_faults(tmp_path: Path) -> None:
    path = tmp_path / "noise.txt"
    path.write_bytes(bytes(range(128, 256)) + b"\nplain\n")
    (_, fault), (number, plain) = items_of(path)
    assert (fault.name, fault.params["offset"]) == ("not-utf8", 0)
    assert (number, plain) == (2, "plain")


def test_lines_behind_the_first_that_is_not_ascii_are_looked_at_too() -> None:
    data = b"na\xefve\n" + b"ascii\n" * 9000 + "Příliš žluťoučký kůň úpěl.\n".encode("cp1250") * 9
    assert detect_encoding(data[at : at + 4000] for at in range(0, len(data), 4000)) == "cp1250"


def test_a_line_longer_than_a_sample_is_enough_to_tell() -> None:
    data = GERMAN.replace("\n", " ").encode("cp1252") * 3000
    assert detect_encoding([data]) == "cp1252"
    korean = "안녕하세요오늘날씨가좋네요" * 6000
    assert detect_encoding([korean.encode("cp949")]) == "cp949"
    assert detect_encoding([b"d\xe9j\xe0 vu\n" + b"x" * 100_000, b"y" * 100_000]) == "cp1252"


def test_an_encoding_given_by_the_user_is_obeyed_to_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("a,b\nя,\xa0\n".encode("koi8_r"))
    assert rows_of(path, encoding="KOI8-R") == [{"a": "я", "b": "\xa0"}]
    assert rows_of(path, encoding="latin-1") == [{"a": "Ñ", "b": "\x9a"}]


def test_a_wrong_encoding_faults_the_rows_it_cannot_read(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("a,b\n1,2\n\x81,x\n3,4\n".encode("latin-1"))
    (_, first), (number, fault), (_, last) = items_of(path, encoding="cp1252")
    assert (first, last) == ({"a": "1", "b": "2"}, {"a": "3", "b": "4"})
    assert number == 3
    assert fault == Fault(
        "unreadable-part",
        {"reason": "byte 0x81 at character 1 is not cp1252"},
        original="\\x81,x",
    )


def test_utf16_cut_in_the_middle_of_a_character_is_a_fault_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "cut.txt"
    path.write_bytes("\ufeffone\ntwo".encode("utf-16-le")[:-1])
    (_, one), (number, fault) = items_of(path)
    assert (one, number, fault.name) == ("one", 2, "unreadable-part")
    assert fault.original == "tw\\x6f"


@pytest.mark.parametrize("name", ["utf8x", "base64", "rot13", "idna", "utf-7", "undefined", "a\0b"])
def test_a_name_that_is_no_encoding_of_text_is_refused(name: str) -> None:
    with pytest.raises(UnknownName) as caught:
        checked_encoding(name)
    assert caught.value.kind == "encoding"


def test_the_mark_is_taken_off_whatever_the_name(tmp_path: Path) -> None:
    path = tmp_path / "marked.csv"
    for written, named in [
        ("utf-8-sig", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
    ]:
        path.write_text("a\n1\n", encoding=written)
        assert rows_of(path, encoding=named) == [{"a": "1"}]


def test_an_archive_is_told_by_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "table.csv.gz"
    path.write_bytes(gzip.compress(("a,b\n" + GERMAN.replace("\n", "")).encode("cp1252")))
    (row,) = rows_of(path, "gz", header=True)
    assert row["b"] == GERMAN[GERMAN.index(",") + 1 : -1]


def test_a_cut_archive_gives_its_whole_rows_and_one_fault(tmp_path: Path) -> None:
    rows = "".join(f'{number},"text, {number * 7919 % 104729}"\n' for number in range(20_000))
    for name, given in [("table.csv.gz", csv_table), ("table.txt.gz", text)]:
        path = tmp_path / name
        path.write_bytes(gzip.compress(b"a,b\n" + rows.encode())[:-30_000])
        source = Source(path.name, str(path), given.READER.name, "gz")
        items = [item for batch in given.read(source, ReadOptions()) for item in batch.items]
        *good, last = items
        assert isinstance(last, Fault)
        assert last.name == "unreadable-part"
        assert "cut off" in str(last.params["reason"])
        assert len(good) > 5_000
        assert not any(isinstance(item, Fault) for item in good)
        begun = str(last.original or "")
        whole = [f'{item["a"]},"{item["b"]}"' if isinstance(item, dict) else item for item in good]
        assert "\n".join([*whole, begun]) in "a,b\n" + rows


def test_a_quoted_cell_in_which_an_archive_breaks_off_is_that_one_fault(tmp_path: Path) -> None:
    path = tmp_path / "table.csv.gz"
    cell = "\n".join(str(number * 7919 % 104729) for number in range(50_000))
    path.write_bytes(gzip.compress(f'a,b\n1,2\n3,"{cell}"\n'.encode())[:-20_000])
    (_, row), (number, fault) = items_of(path, "gz")
    assert row == {"a": "1", "b": "2"}
    assert number == 3
    assert "cut off" in fault.params["reason"]
    assert f'3,"{cell}"'.startswith(fault.original)


def type_in(monkeypatch: pytest.MonkeyPatch, data: bytes) -> Source:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    return Source("<stdin>", "-", "csv")


def test_standard_input_is_told_to_its_last_byte_too(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "1;" + GERMAN
    data = b"a;b\n" + b"1;ascii\n" * 800_000 + line.encode("cp1252")
    assert len(data) > 6_000_000, "more than a pipe keeps"
    source = type_in(monkeypatch, data)
    assert csv_table.describe(source, ReadOptions()) == "utf-8, ';' between cells, header row"
    items = [item for batch in csv_table.read(source, ReadOptions()) for item in batch.items]
    assert items[-1] == {"a": "1", "b": GERMAN[:-1]}
    assert len(items) == 800_001


def test_standard_input_in_a_named_encoding_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    source = type_in(monkeypatch, b"a;b\n1;\xe9\n")
    options = ReadOptions(encoding="cp1252")
    assert csv_table.describe(source, options) == "cp1252, ';' between cells, header row"
    (batch,) = csv_table.read(source, options)
    assert [*batch.items] == [{"a": "1", "b": "é"}]


def test_a_broken_archive_on_standard_input_is_a_fault_at_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = "".join(f"{number},{number * 7919 % 104729}\n" for number in range(20_000))
    type_in(monkeypatch, gzip.compress(b"a,b\n" + rows.encode())[:-10_000])
    source = Source("<stdin>", "-", "csv", "gz")
    items = [item for batch in csv_table.read(source, ReadOptions()) for item in batch.items]
    assert isinstance(items[-1], Fault)
    assert "cut off" in str(items[-1].params["reason"])
    assert len(items) > 5_000


def test_what_was_decided_is_told_again_when_the_file_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(GERMAN.encode())
    assert described(path) == "utf-8"
    path.write_bytes(GERMAN.encode("cp1252"))
    assert described(path) == "cp1252 (guessed)"
    assert described(path, encoding="cp1250") == "cp1250"
    path.write_bytes(b"")
    assert described(path) is None


def test_a_missing_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource):
        items_of(tmp_path / "missing.csv")
