// What a reader finds on the pages of a PDF as Chromium writes it.

import { inflateSync } from 'node:zlib';

/** The text of each page, without white space. */
export function textsOf(pdf) {
  const found = pdf.toString('latin1').matchAll(/(\d+) 0 obj\n(.*?)endobj/gs);
  const objects = new Map([...found].map(([, number, object]) => [number, object]));
  const pages = [...objects.values()].filter((object) => /\/Type\s*\/Page\b/.test(object));
  return pages.map((page) => {
    const named = [...page.matchAll(/\/(F\d+) (\d+) 0 R/g)];
    const fonts = new Map(named.map(([, name, number]) => [name, fontOf(objects, number)]));
    const [, contents] = /\/Contents (\d+) 0 R/.exec(page);
    return textIn(streamOf(objects.get(contents)), fonts);
  });
}

/** What the strings say that are drawn, each in the font that was chosen last. */
function textIn(drawing, fonts) {
  let font;
  let text = '';
  for (const [, name, codes] of drawing.matchAll(/\/(F\d+) [\d.]+ Tf|<([\da-fA-F]+)> Tj/g)) {
    if (name) font = fonts.get(name);
    else for (const code of codes.match(font.code)) text += font.characters.get(parseInt(code, 16)) ?? '';
  }
  // Letters that are drawn as one are letters all the same.
  return text.normalize('NFKC').replace(/\s/g, '');
}

/** How many digits a font's codes have, and which characters they stand for. */
function fontOf(objects, number) {
  const font = objects.get(number);
  const [, named] = /\/ToUnicode (\d+) 0 R/.exec(font) ?? [];
  return {
    code: font.includes('/Type0') ? /.{4}/g : /.{2}/g,
    characters: named ? charactersIn(streamOf(objects.get(named))) : new Map(),
  };
}

/** The characters of a table of codes: each line gives that of a code, or the first one of a row of codes. */
function charactersIn(table) {
  const characters = new Map();
  for (const [, first, last = first, character] of table.matchAll(/^<(\w+)> (?:<(\w+)> )?<(\w+)>$/gm)) {
    const start = parseInt(first, 16);
    for (let code = start; code <= parseInt(last, 16); code += 1) {
      characters.set(code, String.fromCharCode(parseInt(character, 16) + code - start));
    }
  }
  return characters;
}

function streamOf(object) {
  const [, head, body] = /^(.*?)stream\r?\n(.*)endstream/s.exec(object);
  const bytes = Buffer.from(body, 'latin1');
  return (head.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1');
}
