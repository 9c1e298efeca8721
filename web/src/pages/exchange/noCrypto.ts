// Stands where kdbxweb would take Node's crypto module: WebCrypto is always there (build.js).
export {};
