import { Field, SpinButton } from '@fluentui/react-components'

type Props = { label: string; min: number; max: number; value: number; change: (value: number) => void }

/** A whole number within limits; what is beyond them becomes the nearest that is not. */
export function Whole({ label, min, max, value, change }: Props) {
  return (
    <Field label={label}>
      <SpinButton
        min={min}
        max={max}
        value={value}
        onChange={(_, chosen) => change(clamp(chosen.value ?? Number(chosen.displayValue), min, max, value))}
      />
    </Field>
  )
}

function clamp(number: number, min: number, max: number, fallback: number): number {
  return Number.isFinite(number) ? Math.min(max, Math.max(min, Math.round(number))) : fallback
}
