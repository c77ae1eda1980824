type ChairRingProps = { readonly chairs?: number; readonly open?: number; readonly className?: string }

/** A circle of chairs with one left open: the mark of the product. Ornament, so never read aloud. */
export function ChairRing({ chairs = 9, open = 2, className }: ChairRingProps) {
  const places = Array.from({ length: chairs }, (_, index) => {
    const angle = (index / chairs) * 2 * Math.PI - Math.PI / 2
    return { x: 100 + 74 * Math.cos(angle), y: 100 + 74 * Math.sin(angle), isOpen: index === open }
  })
  return (
    <svg
      className={className === undefined ? 'chair-ring' : `chair-ring ${className}`}
      viewBox="0 0 200 200"
      aria-hidden
      focusable={false}
    >
      {places.map(({ x, y, isOpen }) => (
        <circle
          key={`${x} ${y}`}
          className={isOpen ? 'chair-open' : 'chair-taken'}
          cx={x}
          cy={y}
          r={isOpen ? 16 : 18}
        />
      ))}
    </svg>
  )
}
