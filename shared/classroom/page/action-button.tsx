interface ActionButtonProps {
  label: string
  /** what does the same in a terminal, `npm run check 4` */
  command: string
  onClick: () => void
  /** it does nothing just now, and keeps the focus: a button with `disabled` would lose it */
  disabled?: boolean
  /** it is what to do next: large, with its command beside it */
  isPrimary?: boolean
}

/** A button with the command that does the same: beside it on the one to press next, as a tooltip on the others. */
export function ActionButton({ label, command, onClick, disabled, isPrimary = false }: ActionButtonProps) {
  return (
    <button
      class={isPrimary ? 'action primary' : 'action'}
      onClick={disabled ? undefined : onClick}
      aria-disabled={disabled}
      title={command}
    >
      {label}
      {isPrimary && <kbd>{command}</kbd>}
    </button>
  )
}
