package main

const keyctl = 250
