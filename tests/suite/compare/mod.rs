//! The comparison as pages: what they show, that they agree with their exports, and that any query is answered.

mod agreement;
mod api;
mod controls;
mod embedded;
mod large;
mod pair;
mod random;
mod said;
mod standing;
mod table;
mod terminal;

use crate::support::TestSite;

const INDEX: &str = "\
# Toys

## Research Framework

- **Speed** - how fast
  - **Round trip** (duration) - one trip
  - **Wheels** (yes/no) - whether it rolls
  - **Maker** - who makes it
- **Charm** - how nice it is

## Overview

Toys.
";

const ZORBLE: &str = "\
# Zorble

## Speed

> **Rating:** 4/5 - quick
> **Round trip:** [0.61 ms](data/trips.csv#zorble.p50_ms), cold
> **Wheels:** Yes
> **Maker:** the same hands[^manual]

It runs.

It runs on.

### Uphill

Slowly.

## Charm

> **Rating:** 2/5

Plain.

[^manual]: A. Maker, *Manual*, <https://example.org/manual>, read 2026-01-05.
";

const QUILL: &str = "\
# Quill

## Speed

> **Rating:** 2/5 - slow
> **Round trip:** 3 ms
> **Wheels:** No
> **Maker:** the same hands

It rests.

## Charm

> **Rating:** 5/5 - lovely

It sings.
";

const TUMBROOK: &str = "# Tumbrook\n\n## Speed\n\n[To be completed]\n\n## Charm\n\n> **Rating:** 2/5\n\nPlain.\n";

fn site() -> TestSite {
    TestSite::of(&[
        ("toys/index.md", INDEX),
        ("toys/a-zorble.md", ZORBLE),
        ("toys/b-quill.md", QUILL),
        ("toys/c-tumbrook.md", TUMBROOK),
        ("toys/method.md", "# How\n\nWith a clock.\n"),
        ("toys/data/trips.csv", "name,p50_ms\nzorble,0.61\nquill,3\n"),
    ])
}
