interface ActionButtonProps {
  label: string
  /** what does the same in a terminal, `npm run check 4` */
  command: string
  onClick: () => void
  disabled?: boolean
}

/** A button with the command that does the same. */
export function ActionButton({ label, command, onClick, disabled }: ActionButtonProps) {
  return (
    <button class="doing" onClick={onClick} disabled={disabled} title={command}>
      {label}
      <kbd>{command}</kbd>
    </button>
  )
}
