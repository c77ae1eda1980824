/**
 * The lines of `crisisAndReferral` in resources/directory/fellowships.json that stand on the kiosk; a test
 * compares the numbers. They are part of the page, so that help does not wait for anything else.
 */
export const helpLines = [
  { id: '988', number: '988', text: '988' },
  { id: '911', number: '911', text: null },
  { id: 'samhsa', number: '1-800-662-4357', text: null },
] as const
