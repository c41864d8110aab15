//! A category that declares facts with their meanings, and frameworks with several names.

use super::Shelf;

pub const LAMPS: &str = "\
# Lamps

## Research Framework

- **Architecture** - how the light is made
  - **Scheduler** - who decides which bulb burns
  - **Fault tolerance** - what happens when a bulb is lost
- **Learning Curve** - how soon one can read by it
  - **Needs** - other things that must be there
- **Performance** - how bright it is
  - **Brightness** (number) - lumens

## Frameworks

- [Apache Lantern with PyLantern](lantern.md)
- [Torch](torch.md)
- [Candle](candle.md)
";
const LANTERN: &str = "\
---
aliases: [/lamps/pylantern/, /lamps/storm-lamp/]
---
# Apache Lantern with PyLantern

## Architecture

> **Rating:** 4/5 - burns on
> **Scheduler:** one wick
> **Fault tolerance:** lit again from its neighbour

Oil rises. Set `oil_acks_late` when a Torch is near.

## Learning Curve

> **Rating:** 2/5 - matches first

Strike a match.

## Performance

[To be completed]
";
const TORCH: &str = "\
# Torch

## Architecture

> **Scheduler:** none
> **Fault tolerance:** No

A battery. The late acks of oil are a matter of Lantern.

## Learning Curve

> **Rating:** 5/5 - one button

Press.

## Performance

[To be completed]
";
const CANDLE: &str = "# Candle\n\n## Architecture\n\n[To be completed]\n\n## Learning Curve\n\n[To be completed]\n";

pub fn lamps() -> Shelf {
    Shelf::new(&[
        ("lamps/index.md", LAMPS),
        ("lamps/lantern.md", LANTERN),
        ("lamps/torch.md", TORCH),
        ("lamps/candle.md", CANDLE),
    ])
}
