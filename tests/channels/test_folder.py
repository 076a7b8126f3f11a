"""The inbox folder: each file is taken in once, and nothing that is not a mail file."""

from __future__ import annotations

from pathlib import Path

from ventanilla.channels.folder import ACCEPTED, REFUSED, take_in


def test_mail_files_they_are_taken_in_once_and_kept(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"uno")
    (tmp_path / "b.EML").write_bytes(b"dos")
    taken: list[bytes] = []

    def accept(raw: bytes) -> bool:
        taken.append(raw)
        return True

    counts = (take_in(tmp_path, accept), take_in(tmp_path, accept))

    assert counts == (2, 0)
    assert sorted(taken) == [b"dos", b"uno"]
    assert sorted(path.name for path in (tmp_path / ACCEPTED).iterdir()) == ["a.eml", "b.EML"]


def test_a_name_that_was_used_before_it_overwrites_nothing(tmp_path: Path) -> None:
    for content in (b"uno", b"dos"):
        (tmp_path / "a.eml").write_bytes(content)
        take_in(tmp_path, lambda _: True)

    kept = {path.name: path.read_bytes() for path in (tmp_path / ACCEPTED).iterdir()}
    assert kept == {"a.eml": b"uno", "a-1.eml": b"dos"}


def test_what_is_not_a_mail_file_it_is_left_alone(tmp_path: Path) -> None:
    secret = tmp_path.parent / "secreto.eml"
    secret.write_bytes(b"secreto")
    (tmp_path / "enlace.eml").symlink_to(secret)
    (tmp_path / ".a.eml").write_bytes(b"a medias")
    (tmp_path / "empty.eml").write_bytes(b"")
    (tmp_path / "a.pdf").write_bytes(b"otro")
    (tmp_path / "carpeta.eml").mkdir()

    assert take_in(tmp_path, lambda _: True) == 0


def test_mail_for_nobody_it_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"uno")

    take_in(tmp_path, lambda _: False)

    assert [path.name for path in (tmp_path / REFUSED).iterdir()] == ["a.eml"]


def test_a_folder_that_is_not_there_it_gives_nothing(tmp_path: Path) -> None:
    assert take_in(tmp_path / "none", lambda _: True) == 0
