// What crosses the wire:
//   GET /messages?after=ID   → 200 Message[], all that are newer than ID
//   POST /messages {text}    → 201 Message, or 400 Refusal

export interface Message {
  id: number
  text: string
}

export interface Refusal {
  error: string
}
