// A category with more cells than anybody writes by hand.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const CRITERIA = 8;

/** Writes a category of so many frameworks that state so many facts, of every kind, under eight criteria. */
export async function writeLarge(folder, frameworks, factCount) {
  const facts = [...Array(factCount).keys()];
  const kinds = ['text', 'yes/no', 'duration', 'number', 'version', 'list'];
  const under = (criterion) => facts.filter((fact) => fact % CRITERIA === criterion);
  const criteria = [...Array(CRITERIA).keys()];
  const declared = criteria.map((criterion) =>
    [`- **Criterion ${criterion}** - what it judges`, ...under(criterion).map((fact) => `  - **Fact ${fact}** (${kinds[fact % 6]}) - what it says`)].join('\n'));
  await mkdir(path.join(folder, 'category'));
  await writeFile(path.join(folder, 'category/index.md'), `# Category\n\n## Research Framework\n\n${declared.join('\n')}\n`);
  for (let framework = 0; framework < frameworks; framework += 1) {
    const pick = (fact, of) => (framework * 7 + fact * 13) % of;
    const value = (fact) => ({
      1: ['Yes, since 2.9', 'No', 'Partial'][pick(fact, 3)],
      2: `${pick(fact, 90)}.${pick(fact, 9)} ms`,
      3: `${pick(fact, 1000)}`,
      4: `2.${pick(fact, 30)}`,
    })[fact % 6] ?? `one scheduler of kind ${pick(fact, 5)} for every worker`;
    const findings = criteria.map((criterion) =>
      `## Criterion ${criterion}\n\n> **Rating:** ${pick(criterion, 5) + 1}/5 - so\n${under(criterion).map((fact) => `> **Fact ${fact}:** ${value(fact)}[^source]`).join('\n')}\n\n${'Words on it. '.repeat(10)}\n\n${'More words. '.repeat(20)}\n`);
    await writeFile(path.join(folder, `category/f${framework}.md`), `# Framework ${framework}\n\n${findings.join('\n')}\n[^source]: A. Maker, *Manual*, <https://example.org/manual>, read 2026-01-05.\n`);
  }
}
