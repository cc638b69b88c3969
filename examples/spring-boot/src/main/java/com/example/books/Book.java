package com.example.books;

/** A book of the library; it is stored as JSON. */
public record Book(String isbn, String title, int pages) {}
