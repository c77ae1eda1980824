/**
 * Takes the time of day out of a PDF's own dates (PRV-10: a paper or file that leaves the building does not say
 * to the minute when somebody stood at the kiosk). `D:20261124063005+00'00'` becomes `D:20261124000000+00'00'`.
 * Same length, so that the file's table of byte offsets stays true. The bytes given are not changed.
 */
export function withoutTimeOfDay(pdf: Uint8Array): Uint8Array {
  const text = Buffer.from(pdf).toString('latin1')
  const clean = text.replaceAll(
    /(\/(?:CreationDate|ModDate)\s*\(D:\d{8})\d{6}/g,
    (_match, day: string) => `${day}000000`,
  )
  return new Uint8Array(Buffer.from(clean, 'latin1'))
}
