"""Writes `depots/north.yaml` and `depots/south.yaml`: a queue and a subscription for each depot."""

from __future__ import annotations

from pathlib import Path

NORTH = """
    aal aar ams ant arn ath bgo bhx bll bma bre bru bud cgn cph dub dus edi ein gdn gla got grq ham
    haj hel hul inv kun lba lej lhr lpl lux man mma ncl nwi osl poz rig rtm svg szz tll trd tmp waw
"""
SOUTH = """
    agp alc bari bcn beg bio bod brn btv cag cdg cta dbv fao fco flr gen grz gva ibz inn kef lin lis
    lju lux mad mrs muc nap nce opo ory pmi pmo prg rns sof skg spu str svq tls trn trs tsf vce vie
"""
HEAD = """\
# Written by depots.py.
queues:
{queues}subscriptions:
{edges}"""
QUEUE = "  depot-{name}: {{external: subscribe}}\n"
EDGE = (
    "  scans-{name}:"
    " {{from: {{topic: scans}}, filter: {{depot: [{name}]}}, to: {{queue: depot-{name}}}}}\n"
)


def main() -> None:
    """Write one file for each part of the continent, and say what lies in the south."""
    folder = Path(__file__).with_name("depots")
    south = sorted(set(SOUTH.split()) - set(NORTH.split()))
    for part, names in (("north", sorted(NORTH.split())), ("south", south)):
        queues = "".join(QUEUE.format(name=name) for name in names)
        edges = "".join(EDGE.format(name=name) for name in names)
        text = HEAD.format(queues=queues, edges=edges)
        (folder / f"{part}.yaml").write_text(text, "utf-8")
    print(", ".join(f"depot-{name}" for name in south))


if __name__ == "__main__":
    main()
