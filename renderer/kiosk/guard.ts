/** Nothing of the browser itself answers a visitor: no menu, drag, drop or zoom (KSK-4 to 7). */
export function guardPage(page: Window): void {
  const refuse = (event: Event) => event.preventDefault()
  for (const name of ['contextmenu', 'dragstart', 'dragover', 'drop', 'gesturestart']) {
    page.addEventListener(name, refuse, { capture: true })
  }
  page.addEventListener(
    'wheel',
    (event) => {
      if (event.ctrlKey) event.preventDefault()
    },
    { capture: true, passive: false },
  )
}
