import QRCode from 'qrcode'

/* Cameras of old phones read modules of half a millimeter from a worn laser print. */
const leastModuleMm = 0.45
const leastSymbolMm = 22
const mostSymbolMm = 42
const quietModules = 4

/** A QR code as one vector path: black on white, error correction M, four modules of quiet zone. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const modules = modulesOf(text)
  if (modules === null) return null
  const { size, data } = modules
  const symbolMm = Math.max(leastSymbolMm, size * leastModuleMm)
  if (symbolMm > mostSymbolMm) return null
  const whole = size + 2 * quietModules
  const side = `${((symbolMm * whole) / size).toFixed(2)}mm`
  return (
    <svg
      className="qr"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${whole} ${whole}`}
      style={{ inlineSize: side, blockSize: side }}
      shapeRendering="crispEdges"
    >
      <path d={pathOf(size, data)} />
    </svg>
  )
}

/** Null when the text is too long for any QR code. */
function modulesOf(text: string): { readonly size: number; readonly data: Uint8Array } | null {
  try {
    return QRCode.create(text, { errorCorrectionLevel: 'M' }).modules
  } catch {
    // Its only failure: more bytes than the largest symbol holds. The address beside it remains.
    return null
  }
}

/** Runs of dark modules as one rectangle each: no hairlines between neighbours. */
function pathOf(size: number, data: Uint8Array): string {
  const parts: string[] = []
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (data[row * size + column] !== 1) continue
      const start = column
      while (column + 1 < size && data[row * size + column + 1] === 1) column += 1
      const length = column + 1 - start
      parts.push(`M${start + quietModules} ${row + quietModules}h${length}v1h-${length}z`)
    }
  }
  return parts.join('')
}
