export type RestingTexts = {
  readonly lang: string
  readonly texts: { readonly resting: string; readonly startHint: string }
}

/**
 * What stands on the screen when the page itself cannot run (KSK-32): the front desk and the numbers that help,
 * in both languages. No script, no bridge, no font: as little as possible that could fail again.
 */
export function restingHtml(languages: readonly RestingTexts[]): string {
  const sections = languages.map(
    ({ lang, texts }) =>
      `<section lang="${lang}"><h1>${escaped(texts.resting)}</h1><p>${escaped(texts.startHint)}</p></section>`,
  )
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Open Chair</title>' +
    `<link rel="stylesheet" href="/resting.css"></head><body><main>${sections.join('')}</main></body></html>`
  )
}

/** Sizes in parts of the screen: nothing is known of it here. Ink on cream has a contrast of more than 7. */
export const restingCss = `
body { margin: 0; background: #faf6ee; color: #1f1a14; font-family: sans-serif; cursor: default; user-select: none; }
main { min-height: 100vh; box-sizing: border-box; padding: 8vmin; display: grid; align-content: center; gap: 8vmin; }
h1 { margin: 0 0 2vmin; font-size: 6vmin; line-height: 1.2; }
p { margin: 0; font-size: 4vmin; line-height: 1.4; }
`

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
