// Import and export of the vault.

export const exchange = {
  "target.folder": "Folder",
  "target.tags": "Tags",
  "target.favourite": "Star",
} as const;
