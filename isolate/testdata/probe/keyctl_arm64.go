package main

const keyctl = 219
