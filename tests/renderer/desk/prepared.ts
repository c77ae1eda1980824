import type * as fakes from '../../support/fake-desk-bridge.ts'

declare global {
  interface Window {
    desk: fakes.FakeDesk
    fakes: typeof fakes
  }
}

/** The script that puts a fake desk in place of the bridge; `more` sees `desk` and `fakes`. */
export function preparation(setup: fakes.FakeDesk['state']['setup'], more = ''): string {
  return `
    const { desk, bridge } = fakes.createFakeDesk(${JSON.stringify(setup)})
    window.desk = desk
    window.openChairDesk = bridge
    window.fakes = fakes
    ${more}
  `
}
