// What the tests of the search dialog share.

export const dialogOf = (page) => page.getByRole('dialog');
export const fieldOf = (page) => dialogOf(page).locator('input[name=q]');
export const hitsOf = (page) => dialogOf(page).getByRole('option');
export const answered = (page) => dialogOf(page).locator('.search-panel:not([aria-busy])').waitFor();

/** Opens the dialog with words typed into it, and waits for what it shows of them. */
export async function searchFor(page, words) {
  await page.keyboard.press('/');
  await fieldOf(page).fill(words);
  await dialogOf(page).locator('.count').filter({ hasText: `“${words}”` }).waitFor();
}

/** Remembers searches, as the browser does that made them. */
export function remember(page, ...queries) {
  return page.addInitScript((queries) => localStorage.setItem('searches', JSON.stringify(queries)), queries);
}
