import "./style.css";

export {};
